{{ config(arguments='original text', returns='text', volatility='immutable') }}

select {{ normalised('original') }}
