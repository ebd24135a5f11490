{{ config(indexes=[
    {'columns': ['ledger_row_id'], 'unique': true},
    {'columns': ['source_table', 'outcome', 'reason']},
]) }}

select
    ledger_row_id,
    source_table,
    outcome,
    reason,
    source_key,
    into_key,
    source_row,
    _source_file as source_file,
    _source_line as source_line
from {{ source('gold', 'ledger_rows') }}
