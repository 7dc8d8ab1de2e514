/// Scalars without quotes.
extension YAMLParser {
    /// True when what stands here begins no alias, no quoted text and no collection.
    var isAtPlainScalar: Bool {
        switch peek() {
        case UInt8(ascii: "*"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "["), UInt8(ascii: "{"): false
        default: true
        }
    }

    /// Refuses what cannot begin a plain scalar.
    func checkPlainStart(inFlow: Bool) throws(NotationError) {
        switch peek() {
        case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
            guard !Self.isBlankOrEnd(peek(1)), !(inFlow && Self.isFlowIndicator(peek(1))) else { break }
            return
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
            UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "`"), 0, .lineFeed:
            break
        default: return
        }
        throw failure(
            peek() == 0 || inFlow && Self.isFlowIndicator(peek())
                ? "a value is expected here, not \(source.character(at: position))"
                : "text cannot begin with \(source.character(at: position)); put it in quotes")
    }

    /// Steps over the text on this line; returns it without the blanks behind it.
    mutating func plainLine(inFlow: Bool) -> Range<Int> {
        let start = position
        var end = position
        scan: while true {
            let byte = peek()
            switch byte {
            case 0, .lineFeed: break scan
            case UInt8(ascii: "#") where Self.isBlank(source[position - 1]) && position > start: break scan
            case UInt8(ascii: ":") where endsPlain(peek(1), inFlow: inFlow): break scan
            default: if inFlow, Self.isFlowIndicator(byte) { break scan }
            }
            position += 1
            if !Self.isBlank(byte) { end = position }
        }
        position = end
        return start..<end
    }

    /// Reads the further lines of a plain scalar.
    mutating func continued(_ first: YAMLNode, minimum: Int, inFlow: Bool = false) -> YAMLNode {
        guard case .scalar(let firstLine) = first.content else { return first }
        var text: [UInt8] = []
        while let breaks = takeBreaks(minimum: minimum, inFlow: inFlow) {
            if text.isEmpty { text = Array(firstLine.utf8) }
            text.append(breaks: breaks)
            text.append(contentsOf: source.bytes[plainLine(inFlow: inFlow)])
        }
        return text.isEmpty
            ? first : YAMLNode(scalar: String(decoding: text, as: UTF8.self), style: .plain, offset: first.offset)
    }

    /// Steps over the line ends before the next line of a plain scalar and counts them; nil, without a step, when the
    /// scalar ends here.
    private mutating func takeBreaks(minimum: Int, inFlow: Bool) -> Int? {
        let end = (position, line)
        var breaks = 0
        skipBlanks()
        while peek() == .lineFeed {
            position += 1
            breaks += 1
            enterLine()
            if isAtDocumentMarker { break }
            skipBlanks()
        }
        let goesOn =
            breaks > 0 && !isAtEnd && indentation >= minimum && peek() != UInt8(ascii: "#")
            && !(peek() == UInt8(ascii: ":") && endsPlain(peek(1), inFlow: inFlow))
            && !(inFlow && Self.isFlowIndicator(peek()))
        if !goesOn { (position, line) = end }
        return goesOn ? breaks : nil
    }

    /// True when a `:` before this byte is no part of a plain scalar.
    private func endsPlain(_ next: UInt8, inFlow: Bool) -> Bool {
        Self.isBlankOrEnd(next) || inFlow && Self.isFlowIndicator(next)
    }
}

extension [UInt8] {
    /// One line end is folded into a space, of several the first is dropped (YAML 1.2.2, 6.5).
    mutating func append(breaks: Int) {
        if breaks == 1 {
            append(UInt8(ascii: " "))
        } else {
            append(contentsOf: repeatElement(.lineFeed, count: breaks - 1))
        }
    }
}
