"""Compare scam classifiers across languages, sources, time and disguise."""

from scamclassify.benchmark.compare import compare, rank_models
from scamclassify.benchmark.model import ModelSpec, model_names, register_model, unregister_model
from scamclassify.benchmark.plots import plot_critical_differences, plot_heat_map, plot_scores
from scamclassify.benchmark.predictions import export_folds
from scamclassify.benchmark.results import Result, Results, load_results
from scamclassify.benchmark.run import run_benchmark
from scamclassify.benchmark.suites import find_tasks, suite_names, suite_tasks
from scamclassify.benchmark.tables import result_tables
from scamclassify.benchmark.task import Fold, Task, register_task, unregister_task

__all__ = [
    "Fold",
    "ModelSpec",
    "Result",
    "Results",
    "Task",
    "compare",
    "export_folds",
    "find_tasks",
    "load_results",
    "model_names",
    "plot_critical_differences",
    "plot_heat_map",
    "plot_scores",
    "rank_models",
    "register_model",
    "register_task",
    "result_tables",
    "run_benchmark",
    "suite_names",
    "suite_tasks",
    "unregister_model",
    "unregister_task",
]
