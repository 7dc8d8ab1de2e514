import ConfigModel

/// Columns for people; what the cells bring is made safe for the terminal.
struct TextTable {
    private var rows: [[String]]
    private let stream: StandardStream
    /// The columns of which a part says nothing.
    private let whole: Set<Int>

    /// - Parameter whole: the columns that are never cut, by their header.
    init(header: [String], whole: [String] = [], for stream: StandardStream = .output) {
        rows = [header]
        self.whole = Set(header.indices.filter { whole.contains(header[$0]) })
        self.stream = stream
    }

    mutating func add(_ row: [String]) { rows.append(row.map(ControlCharacters.escaped)) }

    /// As wide as it takes; on a terminal cut so that a row is a line.
    var text: String {
        let widths = widths
        var text = ""
        for row in rows {
            let cells = zip(row, widths).map { cell, width in
                let shown = cell.shortened(to: width)
                return shown + String(repeating: " ", count: width - shown.count)
            }
            var line = cells.joined(separator: Self.gap)
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    private static let gap = "  "
    /// A column is not cut below this.
    private static let narrowest = 8

    /// The widest columns give way first.
    private var widths: [Int] {
        var widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        guard let columns = stream.columns else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * (widths.count - 1) - columns
        while excess > 0,
            let widest = widths.indices.filter({ !whole.contains($0) }).max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
