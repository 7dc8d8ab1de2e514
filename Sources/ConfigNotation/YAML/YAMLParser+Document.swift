/// Directives, markers and what stands between them.
extension YAMLParser {
    /// Reads the only document of the input.
    mutating func document() throws(NotationError) -> YAMLNode {
        skipToToken()
        let hasDirectives = try readDirectives()
        if isAtMarker(of: UInt8(ascii: "-")) {
            position += 3
        } else if hasDirectives {
            throw failure("'---' must follow the directives")
        } else if isAtEnd {
            throw failure("the YAML holds no document")
        }
        let root = try blockNode(BlockPlace(parent: -1, isCompact: false, sequenceMayAlign: false))
        skipToToken()
        guard isAtEnd else { throw unexpected() }
        try readSuffix()
        return root
    }

    /// `...` ends the document; nothing but comments may follow.
    private mutating func readSuffix() throws(NotationError) {
        while isAtMarker(of: UInt8(ascii: ".")) {
            position += 3
            skipToLineEnd()
            guard isAtLineEnd else { throw failure("nothing may follow '...' on its line") }
            skipToToken()
        }
        guard isAtInputEnd else {
            throw failure("several documents in one text cannot be one document here: a second one begins")
        }
    }

    /// What stands where nothing more, or something else, was expected.
    func unexpected() -> NotationError {
        if isFirstOnLine, hasTabInIndentation { return tabInIndentation() }
        if peek() == UInt8(ascii: ":"), Self.isBlankOrEnd(peek(1)) {
            return failure(
                "a mapping cannot begin here: put the key on a line of its own, or quote the text before ':'")
        }
        return failure(
            isFirstOnLine
                ? "this line belongs to nothing before it: look at its indentation"
                : "unexpected \(source.character(at: position)) after the value; put the value in quotes if all of it is text"
        )
    }

    func tabInIndentation() -> NotationError {
        failure(at: line.indentEnd, "a tab cannot indent in YAML; use spaces")
    }

    // MARK: Directives

    private mutating func readDirectives() throws(NotationError) -> Bool {
        var hasVersion = false
        var count = 0
        while peek() == UInt8(ascii: "%"), column == 0 {
            let start = position
            let words = directiveWords()
            count += 1
            switch words.first {
            case "%YAML":
                guard !hasVersion else { throw failure(at: start, "%YAML occurs twice") }
                hasVersion = true
                try checkVersion(words, at: start)
            case "%TAG": try readHandle(words, at: start)
            // Others are reserved, and to be ignored (YAML 1.2.2, 6.8).
            default: break
            }
            skipToToken()
        }
        return count > 0
    }

    private mutating func directiveWords() -> [String] {
        var words: [String] = []
        while !isAtLineEnd {
            let start = position
            while !Self.isBlankOrEnd(peek()) { position += 1 }
            words.append(source.string(start..<position))
            skipBlanks()
        }
        skipToLineEnd()
        return words
    }

    private func checkVersion(_ words: [String], at offset: Int) throws(NotationError) {
        let numbers = words.dropFirst().first?.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard words.count == 2, let numbers, numbers.count == 2, let major = numbers[0], let minor = numbers[1] else {
            throw failure(at: offset, "%YAML wants a version and nothing else, as in '%YAML 1.2'")
        }
        guard major == 1, minor >= 2 else {
            throw failure(
                at: offset,
                "YAML \(words[1]) says other things with 'no', '010' or '1:30' than YAML 1.2, which is read here: "
                    + "look for them, then remove the directive")
        }
    }

    private mutating func readHandle(_ words: [String], at offset: Int) throws(NotationError) {
        guard words.count == 3, words[1].hasPrefix("!"), words[1].hasSuffix("!") else {
            throw failure(at: offset, "%TAG wants a handle and a prefix, as in '%TAG !e! tag:example.com,2000:'")
        }
        handles[words[1]] = words[2]
    }
}
