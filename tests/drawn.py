"""What a reader sees in the cells of a drawn heatmap."""


def drawn_cells(figure):
    """Return {(row, column): cell} of the heatmaps and the hatched cells of a figure.

    A cell has its ``class``, by the colours of the legend, ``fill``, ``text``, ``ink`` and
    ``data``, which are ``None`` or empty in a hatched cell, but for the class and the data.
    """
    legend = {
        trace.marker.color: trace.name
        for trace in figure.data
        if trace.type == "scatter" and trace.showlegend
    }
    found = {}
    for trace in figure.data:
        if trace.type == "heatmap" and trace.hoverinfo != "skip":
            found |= _heatmap_cells(trace, legend)
        elif trace.type == "bar" and trace.orientation == "h":
            places = zip(trace.y, trace.base, trace.x, trace.customdata, strict=True)
            for row, start, width, data in places:
                cell = {"class": trace.name, "fill": None, "text": "", "ink": None}
                assert trace.marker.pattern.shape == "/"
                assert (row, round(start + width / 2)) not in found
                found[row, round(start + width / 2)] = cell | {"data": list(data)}
    return found


def _heatmap_cells(trace, legend):
    assert (trace.zmin, trace.zmax) == (0, len(trace.colorscale) - 1)
    fills = [colour for _, colour in trace.colorscale]
    found = {}
    for row, numbers, texts, data in zip(
        trace.y, trace.z, trace.text or trace.z, trace.customdata, strict=True
    ):
        for column, number, text, one in zip(trace.x, numbers, texts, data, strict=True):
            if number is None:
                assert one is None
                continue
            found[row, column] = {
                "class": legend[fills[number]],
                "fill": fills[number],
                "text": text if trace.texttemplate else "",
                "ink": trace.textfont.color,
                "data": list(one),
            }
    return found
