{#
    A model whose select is the body of a Postgres function. Config: `arguments`, `returns`, `volatility`, `settings`.
    The body is stored parsed (`begin atomic`), so what it refers to is found after the schema has been renamed, and
    Postgres refuses to drop it unseen.
#}
{% materialization sql_function, adapter='postgres' %}
    {%- set function = this.include(database=false) -%}
    {% call statement('drop_earlier_signatures') -%}
        do $block$
        declare earlier regprocedure;
        begin
            for earlier in
                select pg_proc.oid from pg_proc
                where pg_proc.proname = '{{ this.identifier }}' and pg_proc.pronamespace = '{{ this.schema }}'::regnamespace
            loop
                execute format('drop function %s cascade', earlier);
            end loop;
        end
        $block$
    {%- endcall %}
    {% call statement('main') -%}
        create function {{ function }}({{ config.require('arguments') }})
        returns {{ config.require('returns') }}
        language sql {{ config.get('volatility', 'stable') }} parallel safe
        {% for setting, value in config.get('settings', {}).items() %} set {{ setting }} = '{{ value }}' {% endfor %}
        begin atomic
        {{ sql }};
        end
    {%- endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': []}) }}
{% endmaterialization %}
