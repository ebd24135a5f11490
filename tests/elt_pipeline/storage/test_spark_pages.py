from pyspark.sql import SparkSession

from elt_pipeline.storage.spark_pages import SparkPages, label


def test_jobs_are_described_by_asset_and_the_start_of_the_run_and_tagged_by_both_whole(spark: SparkSession) -> None:
    label(spark, "silver/works", "0f3c1111-0000")
    label(spark, "silver/editions", "3f2a2222-3333")
    try:
        assert spark.conf.get("spark.job.description") == "silver/editions, run 3f2a2222"
        assert spark.getTags() == {"asset:silver/editions", "run:3f2a2222-3333"}
        assert spark.range(3).count() == 3
    finally:
        spark.clearTags()
        spark.conf.unset("spark.job.description")


def test_the_links_lead_to_what_this_session_has_done(spark: SparkSession) -> None:
    spark.conf.set("spark.app.id", "app-1")
    try:
        links = SparkPages("http://127.0.0.1:4040/", "http://127.0.0.1:18080").links(spark)
    finally:
        spark.conf.unset("spark.app.id")
    page = f"connect/session/?id={spark.session_id}"  # type: ignore[attr-defined]
    assert links == {
        "spark_ui": f"http://127.0.0.1:4040/{page}",
        "spark_history": f"http://127.0.0.1:18080/history/app-1/{page}",
    }


def test_where_no_page_is_known_there_is_no_link(spark: SparkSession) -> None:
    assert SparkPages().links(spark) == {}
