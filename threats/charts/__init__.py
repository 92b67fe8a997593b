"""One function a chart: a table of figures in, a ``plotly.graph_objects.Figure`` out."""
