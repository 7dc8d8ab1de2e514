/// Text behind `|` and `>`.
extension YAMLParser {
    /// What is done with the line ends behind the text.
    private enum Chomping {
        case strip
        case clip
        case keep
    }

    private struct Header {
        var chomping = Chomping.clip
        /// The indentation of the text; nil when its first line says it.
        var indentation: Int?
    }

    private struct Lines {
        /// What stands on each line behind the indentation.
        var contents: [Range<Int>] = []
        /// The last line with text ends with a line end and not with the input.
        var endsWithLineFeed = false
    }

    mutating func blockScalar(parent: Int) throws(NotationError) -> YAMLNode {
        let start = position
        let isFolded = peek() == UInt8(ascii: ">")
        position += 1
        let header = try readHeader(parent: parent)
        let lines = try readLines(header.indentation, parent: parent)
        let count = (lines.contents.lastIndex { !$0.isEmpty } ?? -1) + 1
        var text = isFolded ? folded(lines.contents[..<count]) : literal(lines.contents[..<count])
        switch header.chomping {
        case .strip: break
        case .clip: if lines.endsWithLineFeed { text.append(.lineFeed) }
        case .keep:
            let kept = lines.contents.count - count + (lines.endsWithLineFeed ? 1 : 0)
            text.append(contentsOf: repeatElement(.lineFeed, count: kept))
        }
        return YAMLNode(scalar: String(decoding: text, as: UTF8.self), style: .block, offset: start)
    }

    /// Reads the digit and the sign behind `|` or `>`, in any order, and the rest of the line.
    private mutating func readHeader(parent: Int) throws(NotationError) -> Header {
        var header = Header()
        var hasChomping = false
        while !Self.isBlankOrEnd(peek()) {
            switch peek() {
            case UInt8(ascii: "1")...UInt8(ascii: "9") where header.indentation == nil:
                header.indentation = max(parent, 0) + Int(peek() - UInt8(ascii: "0"))
            case UInt8(ascii: "-") where !hasChomping, UInt8(ascii: "+") where !hasChomping:
                header.chomping = peek() == UInt8(ascii: "-") ? .strip : .keep
                hasChomping = true
            default:
                throw failure(
                    "behind '|' or '>' stand at most a digit from 1 to 9 and '+' or '-'; the text begins on the next line"
                )
            }
            position += 1
        }
        skipToLineEnd()
        guard isAtLineEnd else { throw failure("the text behind '|' or '>' begins on the next line") }
        if peek() == .lineFeed {
            position += 1
            enterLine()
        }
        return header
    }

    /// Reads all lines that belong to the text; the position is the start of the line after them.
    private mutating func readLines(_ explicit: Int?, parent: Int) throws(NotationError) -> Lines {
        var lines = Lines()
        var indentation = explicit
        var widest = (spaces: 0, end: position)
        while !isAtEnd {
            let isEmpty = source[line.indentEnd] == .lineFeed || source[line.indentEnd] == 0
            if isEmpty, self.indentation <= indentation ?? .max {
                if self.indentation > widest.spaces { widest = (self.indentation, line.indentEnd) }
                lines.contents.append(line.indentEnd..<line.indentEnd)
                position = line.indentEnd
            } else {
                guard self.indentation >= indentation ?? (parent + 1) else {
                    // Before any text a tab looks like its indentation.
                    guard indentation != nil || !hasTabInIndentation else { throw tabInIndentation() }
                    return lines
                }
                if indentation == nil, widest.spaces > self.indentation {
                    throw failure(
                        at: widest.end, "this empty line has more spaces than the first line with text behind it")
                }
                let column = indentation ?? self.indentation
                indentation = column
                position = source.bytes[line.start...].firstIndex(of: .lineFeed) ?? source.bytes.count
                lines.contents.append((line.start + column)..<position)
                lines.endsWithLineFeed = peek() == .lineFeed
            }
            guard peek() == .lineFeed else { return lines }
            position += 1
            enterLine()
        }
        return lines
    }

    private func literal(_ lines: ArraySlice<Range<Int>>) -> [UInt8] {
        Array(lines.map { source.bytes[$0] }.joined(separator: [.lineFeed]))
    }

    /// Lines of one paragraph become one; lines that begin with white space stay as they are.
    private func folded(_ lines: ArraySlice<Range<Int>>) -> [UInt8] {
        var text: [UInt8] = []
        var breaks = 0
        var wasIndented = true
        for (index, range) in lines.enumerated() {
            if index > 0 { breaks += 1 }
            guard !range.isEmpty else { continue }
            let isIndented = Self.isBlank(source[range.lowerBound])
            if wasIndented || isIndented {
                text.append(contentsOf: repeatElement(.lineFeed, count: breaks))
            } else if breaks == 1 {
                text.append(UInt8(ascii: " "))
            } else {
                text.append(contentsOf: repeatElement(.lineFeed, count: breaks - 1))
            }
            text.append(contentsOf: source.bytes[range])
            (breaks, wasIndented) = (0, isIndented)
        }
        return text
    }
}
