/// Nodes that are written with brackets, quotes and commas.
extension YAMLParser {
    /// Reads an alias, quoted text or a collection in brackets.
    ///
    /// - Parameter minimum: how many spaces must be before each further line.
    mutating func flowValue(minimum: Int) throws(NotationError) -> YAMLNode {
        switch peek() {
        case UInt8(ascii: "*"): try alias()
        case UInt8(ascii: "'"): try singleQuoted(minimum: minimum)
        case UInt8(ascii: "\""): try doubleQuoted(minimum: minimum)
        case UInt8(ascii: "["): try flowSequence(minimum: minimum)
        default: try flowMapping(minimum: minimum)
        }
    }

    /// Reads a node inside of brackets.
    private mutating func flowNode(minimum: Int) throws(NotationError) -> YAMLNode {
        var properties = try properties()
        if !properties.isEmpty {
            try skipInFlow(minimum: minimum)
            if isAtProperty {
                properties = try joined(properties, try self.properties())
                try skipInFlow(minimum: minimum)
            }
            if isAtFlowEnd || isAtFlowColon(afterText: false) { return try finish(.empty(at: position), properties) }
        }
        guard isAtPlainScalar else { return try finish(try flowValue(minimum: minimum), properties) }
        try checkPlainStart(inFlow: true)
        let start = position
        let first = YAMLNode(scalar: source.string(plainLine(inFlow: true)), style: .plain, offset: start)
        return try finish(continued(first, minimum: minimum, inFlow: true), properties)
    }

    /// Reads the value behind a `:`; an empty one when nothing is written.
    private mutating func valueInFlow(minimum: Int) throws(NotationError) -> YAMLNode {
        position += 1
        try skipInFlow(minimum: minimum)
        return isAtFlowEnd ? .empty(at: position) : try flowNode(minimum: minimum)
    }

    // MARK: Sequences

    private mutating func flowSequence(minimum: Int) throws(NotationError) -> YAMLNode {
        try descend()
        let start = position
        var nodes: [YAMLNode] = []
        try openFlow(minimum: minimum, start)
        while peek() != UInt8(ascii: "]") {
            nodes.append(try sequenceEntry(minimum: minimum))
            try separate(closing: UInt8(ascii: "]"), minimum: minimum, start)
        }
        position += 1
        ascend()
        return try checked(YAMLNode(sequence: nodes, style: .flow, offset: start))
    }

    /// An element, or a key and a value that are a mapping of their own.
    private mutating func sequenceEntry(minimum: Int) throws(NotationError) -> YAMLNode {
        let start = position
        let startLine = line.start
        if isIndicator(UInt8(ascii: "?")) {
            let entry = try explicitEntry(minimum: minimum)
            return try checked(YAMLNode(mapping: [entry], style: .flow, offset: start))
        }
        let key = isAtFlowColon(afterText: false) ? .empty(at: start) : try flowNode(minimum: minimum)
        let end = position
        skipBlanks()
        guard line.start == startLine, isAtFlowColon(afterText: key.isQuotedOrCollection) else {
            position = end
            return key
        }
        let entry = YAMLEntry(key: key, value: try valueInFlow(minimum: minimum))
        return try checked(YAMLNode(mapping: [entry], style: .flow, offset: start))
    }

    // MARK: Mappings

    private mutating func flowMapping(minimum: Int) throws(NotationError) -> YAMLNode {
        try descend()
        let start = position
        var entries: [YAMLEntry] = []
        try openFlow(minimum: minimum, start)
        while peek() != UInt8(ascii: "}") {
            entries.append(
                isIndicator(UInt8(ascii: "?"))
                    ? try explicitEntry(minimum: minimum) : try mappingEntry(minimum: minimum))
            try separate(closing: UInt8(ascii: "}"), minimum: minimum, start)
        }
        position += 1
        ascend()
        return try checked(YAMLNode(mapping: entries, style: .flow, offset: start))
    }

    private mutating func mappingEntry(minimum: Int) throws(NotationError) -> YAMLEntry {
        let key = isAtFlowColon(afterText: false) ? .empty(at: position) : try flowNode(minimum: minimum)
        try skipInFlow(minimum: minimum)
        guard isAtFlowColon(afterText: key.isQuotedOrCollection) else {
            return YAMLEntry(key: key, value: .empty(at: position))
        }
        return YAMLEntry(key: key, value: try valueInFlow(minimum: minimum))
    }

    /// `? key : value`, of which everything behind the `?` may be missing.
    private mutating func explicitEntry(minimum: Int) throws(NotationError) -> YAMLEntry {
        position += 1
        try skipInFlow(minimum: minimum)
        guard !isAtFlowEnd else { return YAMLEntry(key: .empty(at: position), value: .empty(at: position)) }
        return try mappingEntry(minimum: minimum)
    }

    // MARK: Punctuation

    /// `,`, `]` or `}`.
    private var isAtFlowEnd: Bool {
        peek() == UInt8(ascii: ",") || peek() == UInt8(ascii: "]") || peek() == UInt8(ascii: "}")
    }

    /// - Parameter afterText: quoted text or a collection stands before, behind which `:` needs no white space.
    private func isAtFlowColon(afterText: Bool) -> Bool {
        guard peek() == UInt8(ascii: ":") else { return false }
        return afterText || Self.isBlankOrEnd(peek(1)) || Self.isFlowIndicator(peek(1))
    }

    /// Steps over an opening bracket or a comma to what follows, which is not the end of the input.
    private mutating func openFlow(minimum: Int, _ start: Int) throws(NotationError) {
        position += 1
        try skipInFlow(minimum: minimum)
        guard !isAtInputEnd else { throw failure(at: start, "the bracket that opens here does not close") }
    }

    /// Steps over a comma, or stays before the closing bracket.
    private mutating func separate(closing: UInt8, minimum: Int, _ start: Int) throws(NotationError) {
        try skipInFlow(minimum: minimum)
        if peek() == UInt8(ascii: ",") {
            try openFlow(minimum: minimum, start)
        } else if peek() != closing {
            guard !isAtInputEnd else { throw failure(at: start, "the bracket that opens here does not close") }
            throw failure(
                "',' or '\(Character(Unicode.Scalar(closing)))' is expected here, not "
                    + source.character(at: position))
        }
    }

    /// Steps over white space, comments and line ends; a further line must be indented, its closing bracket may stand in
    /// the column of what the collection belongs to.
    private mutating func skipInFlow(minimum: Int) throws(NotationError) {
        let startLine = line.start
        skipToToken()
        guard !isAtDocumentMarker else { throw failure("a bracket is still open before this marker") }
        guard line.start != startLine, !isAtInputEnd else { return }
        let isClosing = peek() == UInt8(ascii: "]") || peek() == UInt8(ascii: "}")
        guard indentation >= (isClosing ? minimum - 1 : minimum) else {
            throw hasTabInIndentation
                ? tabInIndentation()
                : failure("this line stands between brackets, and must be indented by at least \(minimum) spaces")
        }
    }
}

extension YAMLNode {
    /// Quoted text or a collection in brackets, but no alias of one.
    fileprivate var isQuotedOrCollection: Bool { style == .quoted || style == .flow }
}
