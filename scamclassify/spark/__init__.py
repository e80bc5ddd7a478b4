"""Scoring and campaigns on Apache Spark, with the same results as on one machine.

Needs the extra ``spark`` (pyspark 4, Java 17 or newer) where a program is started, and the
package itself on every worker.
"""

from scamclassify.spark.campaigns import campaigns
from scamclassify.spark.scoring import score

__all__ = ["campaigns", "score"]
