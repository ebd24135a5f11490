{# Everything is built into the schema that the profile names, so that one rename publishes it. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema }}
{%- endmacro %}
