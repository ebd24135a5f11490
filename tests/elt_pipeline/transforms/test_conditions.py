from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from elt_pipeline.transforms.conditions import holds


def test_a_condition_that_is_null_does_not_hold(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, True), (2, False), (3, None)], "id int, condition boolean")
    assert [row[0] for row in frame.orderBy("id").select(holds(F.col("condition"))).collect()] == [True, False, False]
