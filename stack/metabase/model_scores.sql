-- title: How good recommendations are
-- description: nDCG of ten on readers that no model was fitted on, in the last thirty refreshes, beside simpler models.
-- empty: Nothing has been scored yet: that takes twenty readers with ratings to judge by.
-- section: pipeline
-- place: 10
-- chart: lines
-- across: started_at
-- values: score
-- series: model
-- column: started_at = Begun
-- column: model = Model
-- column: score = Score
with last_runs as (
    select
        runs.run_id,
        runs.started_at
    from ops.runs
    where runs.run_id in (select scores.run_id from ops.model_scores as scores)
    order by runs.started_at desc, runs.run_id asc
    limit 30
)

select
    last_runs.started_at,
    scores.model,
    round(scores.score::numeric, 4) as score
from last_runs
inner join ops.model_scores as scores on last_runs.run_id = scores.run_id
where scores.metric = 'ndcg@10'
order by last_runs.started_at asc, last_runs.run_id asc, scores.model = 'similar works' desc, scores.model asc
