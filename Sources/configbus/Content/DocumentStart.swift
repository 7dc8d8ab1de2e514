/// Where the value of a text begins: behind blank lines, comments and what introduces a YAML document.
struct DocumentStart: CustomStringConvertible {
    /// From 1.
    private(set) var line = 1
    /// From 1.
    private(set) var column = 1

    init(of bytes: [UInt8], skippingComments: Bool) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, text) in lines.enumerated() {
            guard let first = text.firstIndex(where: { !Self.blanks.contains($0) }) else { continue }
            let introduces = text[first] == UInt8(ascii: "#") || text[first] == UInt8(ascii: "%")
            if skippingComments, introduces || text.elementsEqual("---".utf8) { continue }
            (line, column) = (number + 1, first - text.startIndex + 1)
            return
        }
    }

    var description: String { "Line \(line), column \(column)" }

    private static let blanks = Set(" \t\r".utf8).union([0xef, 0xbb, 0xbf])
}
