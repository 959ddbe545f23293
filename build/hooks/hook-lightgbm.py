"""Replaces the contributed hook, which also collects all libraries of SciPy and scikit-learn."""

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs

binaries = collect_dynamic_libs("lightgbm")
datas = collect_data_files("lightgbm", includes=["VERSION.txt"])  # `lightgbm.__version__` reads it
