"""Score messages on Spark, find the campaigns among the scams, and count.

spark-submit spark_job.py MESSAGES SCORED [TEXT_COLUMN]
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812

from scamclassify.spark import campaigns, score


def main(source: str, target: str, text_column: str = "text") -> None:
    """Read Parquet, write Parquet."""
    spark = SparkSession.builder.appName("scamclassify").getOrCreate()
    messages = spark.read.parquet(source)
    score(messages, text_column, add=["label", "probabilities", "type", "language"]).write.parquet(
        target + "/scored"
    )
    # Read back: scoring is not done again for every use.
    scored = spark.read.parquet(target + "/scored")
    found = campaigns(scored.where("label = 'scam'"), text_column)
    found.write.parquet(target + "/campaigns")
    scored.groupBy("label").count().orderBy("label").show()
    (
        spark.read.parquet(target + "/campaigns")
        .where("campaign is not null")
        .groupBy("campaign")
        .agg(F.count("*").alias("messages"), F.round(F.avg("scam_probability"), 3).alias("mean"))
        .orderBy(F.desc("messages"), "campaign")
        .show(3)
    )
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
