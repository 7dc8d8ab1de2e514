/// Reads the text of one YAML 1.2 document into nodes.
///
/// A recursive descent along the productions of the specification, without going back further than over the blank lines
/// behind a plain scalar: time and memory are linear in the input, the recursion is bounded by `NotationLimits.depth`.
struct YAMLParser {
    /// Where a line begins, and what its indentation is.
    struct Line {
        var start = 0
        /// Behind the spaces that indent it.
        var indentEnd = 0
        /// Behind all white space at its start.
        var contentStart = 0
    }

    let source: NotationSource
    var position = 0
    /// The line on which `position` is.
    var line = Line()
    /// The number of the newest anchor of each name.
    var anchors: [[UInt8]: Int] = [:]
    /// The nodes of the anchors; nil while a node is not complete.
    var anchored: [YAMLNode?] = []
    /// Prefixes by handle, from `%TAG`.
    var handles = ["!": "!", "!!": "tag:yaml.org,2002:"]
    private var depth = 0

    init(_ source: NotationSource) {
        self.source = source
        enterLine()
    }

    // MARK: Looking

    func peek(_ distance: Int = 0) -> UInt8 { source[position + distance] }

    var column: Int { position - line.start }
    var indentation: Int { line.indentEnd - line.start }
    var hasTabInIndentation: Bool { line.contentStart > line.indentEnd }
    var isFirstOnLine: Bool { position == line.contentStart }
    var isAtInputEnd: Bool { position == source.bytes.count }

    /// `---` or `...` at the start of a line.
    var isAtDocumentMarker: Bool { isAtMarker(of: UInt8(ascii: "-")) || isAtMarker(of: UInt8(ascii: ".")) }

    /// Three times this byte at the start of a line, and white space behind it.
    func isAtMarker(of byte: UInt8) -> Bool {
        guard position == line.start, peek() == byte else { return false }
        return peek(1) == byte && peek(2) == byte && Self.isBlankOrEnd(peek(3))
    }

    /// True when nothing more of this document follows.
    var isAtEnd: Bool { isAtInputEnd || isAtDocumentMarker }

    /// True for `-`, `?` or `:` that white space or the end follows.
    func isIndicator(_ byte: UInt8) -> Bool { peek() == byte && Self.isBlankOrEnd(peek(1)) }

    /// True when nothing but a comment follows on this line.
    var isAtLineEnd: Bool { peek() == 0 || peek() == .lineFeed || isAtComment }

    private var isAtComment: Bool {
        guard peek() == UInt8(ascii: "#") else { return false }
        return position == 0 || Self.isBlankOrEnd(source[position - 1])
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    static func isBlankOrEnd(_ byte: UInt8) -> Bool { isBlank(byte) || byte == .lineFeed || byte == 0 }

    static func isFlowIndicator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }

    // MARK: Moving

    /// To be called at the start of each line.
    mutating func enterLine() {
        line.start = position
        var end = position
        while source[end] == UInt8(ascii: " ") { end += 1 }
        line.indentEnd = end
        while Self.isBlank(source[end]) { end += 1 }
        line.contentStart = end
    }

    mutating func skipBlanks() {
        while Self.isBlank(peek()) { position += 1 }
    }

    /// Steps over blanks and a comment to the end of the line, if nothing else stands there.
    mutating func skipToLineEnd() {
        skipBlanks()
        guard isAtComment else { return }
        while peek() != .lineFeed, peek() != 0 { position += 1 }
    }

    /// Steps over white space, comments and line ends to the next token, a document's marker or the end.
    mutating func skipToToken() {
        while !isAtDocumentMarker {
            skipToLineEnd()
            guard peek() == .lineFeed else { return }
            position += 1
            enterLine()
        }
    }

    // MARK: Bounds

    /// Enters a collection; each call needs one of `ascend`.
    mutating func descend() throws(NotationError) {
        depth += 1
        guard depth <= NotationLimits.depth else {
            throw failure("the YAML is nested deeper than \(NotationLimits.depth) levels")
        }
    }

    mutating func ascend() { depth -= 1 }

    /// Refuses what aliases made too large.
    func checked(_ node: YAMLNode) throws(NotationError) -> YAMLNode {
        guard node.weight <= NotationLimits.weight else {
            throw failure(at: node.offset, "this holds more than any document may have, once its aliases are followed")
        }
        guard node.depth <= NotationLimits.depth else {
            throw failure(
                at: node.offset,
                "this is nested deeper than \(NotationLimits.depth) levels, once its aliases are followed")
        }
        return node
    }

    func failure(at offset: Int? = nil, _ reason: String) -> NotationError {
        source.failure(at: offset ?? position, reason)
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
}
