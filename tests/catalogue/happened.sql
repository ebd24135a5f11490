-- What has happened to the catalogue that is published by hand: merged works, runs and their ledgers.
insert into ops.work_redirects
select work_id, into_work_id, '2026-11-20Z'
from (values (20, 200), (200, 2), (5, 1), (77, 78), (78, 77), (90, 91)) as redirects (work_id, into_work_id);

insert into ops.runs values
('first', 'refresh', '2026-11-18Z', '2026-11-18Z', 'succeeded'),
('second', 'refresh', '2026-11-19Z', '2026-11-19 00:02:05Z', 'succeeded'),
('without a ledger', 'refresh', '2026-11-20Z', null, null);
insert into ops.row_ledger_history values
('first', 'book', 'read', '', 1),
('second', 'rating', 'read', '', 2), ('second', 'book', 'rejected', 'no_title', 1), ('second', 'book', 'kept', '', 7),
('second', 'book', 'merged', 'same_id', 2), ('second', 'book', 'read', '', 10), ('second', 'rating', 'kept', '', 2);
insert into ops.check_results values
('first', 'gold.works', 'contract', false, 'ERROR', 'An old one.'),
('second', 'gold.works', 'contract', true, 'ERROR', 'gold.works keeps its contract.'),
('second', 'gold.works', 'baseline', false, 'WARN', 'Fewer <b>rows</b>.');
insert into ops.timings (run_id, asset, outcome, row_count, byte_count, seconds) values
('first', 'gold.works', 'written', 1, 1, 99),
('second', 'gold.works', 'unchanged', 5, 1200, 0.5), ('second', 'bronze.books', 'written', 10, null, 2),
('second', 'recommendations.books', 'unchanged', 5, null, 8), ('second', 'recommendations.editions', 'written', 7, null, 8);
