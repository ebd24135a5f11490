{# Fails with the rows for which a condition on their columns is not true. #}
{% test holds(model, condition) %}
select *
from {{ model }}
where ({{ condition }}) is not true
{% endtest %}
