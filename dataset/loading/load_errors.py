"""Why a folder could not be loaded, as types; what is wrong with single lines belongs to csv_reader."""


class LoadFailed(Exception):
    """The load stopped and the source holds what it held before; the message says what, where and what to do."""


class FolderUnusable(LoadFailed):
    """The folder or one of its files cannot be read, or holds no books."""


class NotInTheFormat(LoadFailed):
    """A file's header does not fit its table."""


class SourceNotOurs(LoadFailed):
    """The source database holds tables that this loader did not fill."""


class SourceUnusable(LoadFailed):
    """The source database cannot be opened or written."""


class MappingUnusable(LoadFailed):
    """A mapping of headings names a field that does not exist, or a heading that the file does not have."""
