"""How language codes become ISO 639-3. Guessing a language from a text does not belong here."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from elt_pipeline.transforms.text import stripped


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# ISO 639-1, with its withdrawn codes in, iw, ji, mo and sh.
CODE_BY_TWO_LETTERS = _pairs(
    """
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis bm:bam
    bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo
    ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg
    gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii
    ik:ipk in:ind io:ido is:isl it:ita iu:iku iw:heb ja:jpn ji:yid jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm
    kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav
    mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mo:ron mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld
    nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh
    rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi
    sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso
    tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho
    zu:zul
    """
)

# The twenty languages whose bibliographic code (ISO 639-2/B) is another than the one of ISO 639-3.
CODE_BY_BIBLIOGRAPHIC = _pairs(
    """
    alb:sqi arm:hye baq:eus bur:mya chi:zho cze:ces dut:nld fre:fra geo:kat ger:deu gre:ell ice:isl mac:mkd mao:mri may:msa
    per:fas rum:ron slo:slk tib:bod wel:cym
    """
)

# Codes of ISO 639-3 that library catalogues use and ISO 639-1 has no letters for; `mul` is several languages.
OTHER_CODES = _codes(
    """
    ace akk ale ang arb arc arn arz ast awa bal ban bej bem bho bik bin brx bug ceb chn cho chr chy ckb cmn cop crh csb dak dar
    del din doi dsb dum dyu egy enm ewo fil fon frm fro frr fur gan gaa gez gil gmh goh gon gor got grc gsw hak haw hil hit hmn
    hsb iba ilo inh jbo kab kac kbd kha kmb kmr kok krc krl kru lad lah lez lua luo lus lzh mad mag mai mak mas mdf men mga mic
    min mnc mni moh mos mul mus mwl mwr myv nan nap nds new nia niu nog non nso nyn osa ota pag pal pam pap pau peo pes phn pro
    prs rap rar rom sah sam sas sat scn sco sel sga shn sid sma smj smn sms snk srn suk sus sux syr tem tet tig tiv tlh tli tog
    tpi tsi tum tvl tyv udm uga umb vai vot war was wuu xal yao yap yue zap zun
    """
)

CODE_BY_OTHER_CODE = CODE_BY_TWO_LETTERS | CODE_BY_BIBLIOGRAPHIC
KNOWN_CODES = tuple(sorted({*CODE_BY_OTHER_CODE.values(), *OTHER_CODES}))


def language_code(text: Column) -> Column:
    """The ISO 639-3 code: ``en-US`` gives ``eng``, ``fre`` gives ``fra``, ``fra`` itself; null where the code is not known."""
    code = F.regexp_extract(F.lower(stripped(text)), r"^([a-z]{2,3})(?:[-_][a-z0-9_-]+)?$", 1)
    repaired = (F.when(code == other, known) for other, known in CODE_BY_OTHER_CODE.items())
    return F.coalesce(F.when(code.isin(*KNOWN_CODES), code), *repaired)
