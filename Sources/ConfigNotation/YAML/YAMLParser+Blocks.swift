/// Collections that are written by indentation.
extension YAMLParser {
    /// Where a node is expected in block style.
    struct BlockPlace {
        /// The indentation of the collection that the node belongs to; -1 for a document.
        let parent: Int
        /// The node stands behind `-`, `?` or the `:` of a `?`, where a collection may begin on the same line.
        let isCompact: Bool
        /// A sequence may stand in the column of the mapping that it belongs to.
        let sequenceMayAlign: Bool
    }

    /// Reads the node that is expected here; an empty one when nothing is written.
    mutating func blockNode(_ place: BlockPlace) throws(NotationError) -> YAMLNode {
        let gap = position
        let startLine = line.start
        skipToToken()
        guard !isAtEnd else { return .empty(at: gap) }
        let mayCollect: Bool
        if isFirstOnLine {
            guard try isIndented(for: place) else { return .empty(at: gap) }
            mayCollect = !hasTabInIndentation
        } else {
            mayCollect =
                place.isCompact && line.start == startLine
                && source.bytes[gap..<position].allSatisfy { $0 == UInt8(ascii: " ") }
        }
        return try blockContent(place, mayCollect: mayCollect, inherited: .none)
    }

    /// True when the first token of a line belongs to a node at this place.
    private func isIndented(for place: BlockPlace) throws(NotationError) -> Bool {
        guard indentation <= place.parent else { return true }
        guard !hasTabInIndentation else { throw tabInIndentation() }
        return place.sequenceMayAlign && indentation == place.parent && isIndicator(UInt8(ascii: "-"))
    }

    /// - Parameters:
    ///   - mayCollect: a block collection may begin here.
    ///   - inherited: properties on lines before, which belong to the whole node.
    private mutating func blockContent(
        _ place: BlockPlace, mayCollect: Bool, inherited: YAMLProperties
    ) throws(NotationError) -> YAMLNode {
        let start = position
        let startLine = line.start
        let column = column
        let own = try properties()
        if !own.isEmpty, isAtLineEnd { return try nodeBelow(place, try joined(inherited, own)) }
        switch peek() {
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return try finish(try blockScalar(parent: place.parent), try joined(inherited, own))
        case UInt8(ascii: "-") where isIndicator(peek()), UInt8(ascii: "?") where isIndicator(peek()):
            guard mayCollect, own.isEmpty else {
                throw failure("a list or mapping cannot begin here: put it on a line of its own")
            }
            let isSequence = peek() == UInt8(ascii: "-")
            return try finish(
                isSequence ? try blockSequence(at: column) : try blockMapping(at: column, firstKey: nil), inherited)
        default: break
        }
        let isPlain = isAtPlainScalar
        let node = try oneLineNode(minimum: place.parent + 1)
        if takeKeyEnd() {
            guard line.start == startLine else { throw failure(at: start, "a key must stand on one line") }
            guard mayCollect else {
                throw failure(
                    at: start,
                    "a mapping cannot begin here: put the value in quotes if it is text, or the key on a line of its own"
                )
            }
            let key = try finish(node, own)
            return try finish(try blockMapping(at: column, firstKey: key), inherited)
        }
        return try finish(
            isPlain ? continued(node, minimum: place.parent + 1) : node, try joined(inherited, own))
    }

    /// Properties end their line; what they belong to is below, if anything.
    private mutating func nodeBelow(
        _ place: BlockPlace, _ properties: YAMLProperties
    ) throws(NotationError) -> YAMLNode {
        let gap = position
        skipToToken()
        guard !isAtEnd, try isIndented(for: place) else { return try finish(.empty(at: gap), properties) }
        return try blockContent(place, mayCollect: !hasTabInIndentation, inherited: properties)
    }

    /// Reads what may be a key: an alias, quoted text, a flow collection, the first line of a plain scalar, or nothing
    /// before a `:`.
    private mutating func oneLineNode(minimum: Int) throws(NotationError) -> YAMLNode {
        guard !isIndicator(UInt8(ascii: ":")) else { return .empty(at: position) }
        guard isAtPlainScalar else { return try flowValue(minimum: minimum) }
        let start = position
        try checkPlainStart(inFlow: false)
        return YAMLNode(scalar: source.string(plainLine(inFlow: false)), style: .plain, offset: start)
    }

    /// Steps over the `:` behind a key; false when there is none.
    private mutating func takeKeyEnd() -> Bool {
        let end = position
        skipBlanks()
        if isIndicator(UInt8(ascii: ":")) {
            position += 1
            return true
        }
        position = end
        return false
    }

    // MARK: Sequences

    private mutating func blockSequence(at column: Int) throws(NotationError) -> YAMLNode {
        try descend()
        let start = position
        var nodes: [YAMLNode] = []
        repeat {
            position += 1
            nodes.append(try blockNode(BlockPlace(parent: column, isCompact: true, sequenceMayAlign: false)))
        } while try isAtEntry(at: column) && isIndicator(UInt8(ascii: "-"))
        ascend()
        return try checked(YAMLNode(sequence: nodes, style: .block, offset: start))
    }

    /// Steps to the next token; true when it is the first of a line in this column, false when it is further left.
    private mutating func isAtEntry(at column: Int) throws(NotationError) -> Bool {
        skipToToken()
        guard !isAtEnd else { return false }
        guard isFirstOnLine, !hasTabInIndentation else { throw unexpected() }
        guard indentation <= column else {
            throw failure("this line is indented by \(indentation) spaces where \(column) or fewer are expected")
        }
        return indentation == column
    }

    // MARK: Mappings

    /// - Parameter firstKey: a key that was read together with its `:`; nil when an entry begins here.
    private mutating func blockMapping(at column: Int, firstKey: YAMLNode?) throws(NotationError) -> YAMLNode {
        try descend()
        let start = firstKey?.offset ?? position
        var entries: [YAMLEntry] = []
        var key = firstKey
        repeat {
            entries.append(try blockEntry(at: column, key: key))
            key = nil
        } while try isAtEntry(at: column)
        ascend()
        return try checked(YAMLNode(mapping: entries, style: .block, offset: start))
    }

    private mutating func blockEntry(at column: Int, key: YAMLNode?) throws(NotationError) -> YAMLEntry {
        let explicit = BlockPlace(parent: column, isCompact: true, sequenceMayAlign: true)
        if key == nil, isIndicator(UInt8(ascii: "?")) {
            position += 1
            let key = try blockNode(explicit)
            guard try isAtEntry(at: column), isIndicator(UInt8(ascii: ":")) else {
                return YAMLEntry(key: key, value: .empty(at: position))
            }
            position += 1
            return YAMLEntry(key: key, value: try blockNode(explicit))
        }
        let key = if let key { key } else { try implicitKey(at: column) }
        let value = try blockNode(BlockPlace(parent: column, isCompact: false, sequenceMayAlign: true))
        return YAMLEntry(key: key, value: value)
    }

    /// Reads a key on one line and the `:` behind it.
    private mutating func implicitKey(at column: Int) throws(NotationError) -> YAMLNode {
        let start = position
        let startLine = line.start
        let own = try properties()
        let node = try oneLineNode(minimum: column + 1)
        guard takeKeyEnd() else {
            throw failure(at: start, "a key and ':' are expected here, with white space behind the ':'")
        }
        guard line.start == startLine else { throw failure(at: start, "a key must stand on one line") }
        return try finish(node, own)
    }
}
