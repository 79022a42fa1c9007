"""Kinds of contracts for import-linter, named in `pyproject.toml`."""

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.layers import LayersContract


class LayersWithoutTests(LayersContract):
    """Layers among what ships: a test stands beside its subject, and calls it as the web does."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        for module in [name for name in graph.modules if name.rpartition(".")[2].startswith("test_")]:
            graph.remove_module(module)
        return super().check(graph, verbose)
