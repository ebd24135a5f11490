{{ config(indexes=[{'columns': ['source_table', 'outcome', 'reason'], 'unique': true}]) }}

select
    source_table,
    outcome,
    reason,
    row_count
from {{ source('gold', 'row_ledger') }}
