/// Anchors, tags and aliases.
extension YAMLParser {
    var isAtProperty: Bool { peek() == UInt8(ascii: "&") || peek() == UInt8(ascii: "!") }

    /// Reads the anchor and the tag that stand here, in any order, and the blanks behind them.
    mutating func properties() throws(NotationError) -> YAMLProperties {
        var properties = YAMLProperties.none
        while isAtProperty {
            let start = position
            let isAnchor = peek() == UInt8(ascii: "&")
            guard isAnchor ? properties.anchor == nil : properties.tag == nil else {
                throw failure("a node has one \(isAnchor ? "anchor" : "tag"), not two")
            }
            if isAnchor { properties.anchor = try readAnchor() } else { properties.tag = try readTag() }
            guard Self.isBlankOrEnd(peek()) || Self.isFlowIndicator(peek()) else {
                throw failure("white space must follow \(source.string(start..<position))")
            }
            skipBlanks()
        }
        return properties
    }

    /// Joins the properties of one node that stand on several lines.
    func joined(_ first: YAMLProperties, _ second: YAMLProperties) throws(NotationError) -> YAMLProperties {
        guard first.anchor == nil || second.anchor == nil else {
            throw failure("a node has one anchor, not two")
        }
        guard first.tag == nil || second.tag == nil else { throw failure("a node has one tag, not two") }
        return YAMLProperties(anchor: first.anchor ?? second.anchor, tag: first.tag ?? second.tag)
    }

    /// Gives a complete node its properties.
    mutating func finish(_ node: YAMLNode, _ properties: YAMLProperties) throws(NotationError) -> YAMLNode {
        guard !properties.isEmpty else { return node }
        guard node.style != .alias else {
            throw failure(at: node.offset, "an alias has no anchor and no tag of its own")
        }
        var node = node
        node.tag = properties.tag
        if let anchor = properties.anchor { anchored[anchor] = node }
        return node
    }

    /// Reads `*name`.
    mutating func alias() throws(NotationError) -> YAMLNode {
        let start = position
        let name = try readName("an alias", "*name")
        guard let number = anchors[Array(name)] else {
            throw failure(
                at: start,
                "there is no anchor &\(String(decoding: name, as: UTF8.self)) before this alias; put the value in quotes if "
                    + "text is meant")
        }
        guard let node = anchored[number] else {
            throw failure(at: start, "this alias stands inside of what it stands for, which would have no end")
        }
        return try checked(YAMLNode(alias: node, offset: start))
    }

    /// Reads `&name`; the anchor counts from here on, its node when it is complete.
    private mutating func readAnchor() throws(NotationError) -> Int {
        let name = try readName("an anchor", "&name")
        anchored.append(nil)
        anchors[Array(name)] = anchored.count - 1
        return anchored.count - 1
    }

    private mutating func readName(_ what: String, _ example: String) throws(NotationError) -> ArraySlice<UInt8> {
        position += 1
        let start = position
        while !Self.isBlankOrEnd(peek()), !Self.isFlowIndicator(peek()) { position += 1 }
        guard position > start else { throw failure(at: start - 1, "\(what) needs a name, as in \(example)") }
        return source.bytes[start..<position]
    }

    // MARK: Tags

    private mutating func readTag() throws(NotationError) -> YAMLTag {
        let start = position
        let name = peek(1) == UInt8(ascii: "<") ? try verbatimTag() : try shorthandTag()
        guard name != "!" else { return .nonSpecific }
        let prefix = "tag:yaml.org,2002:"
        guard name.hasPrefix(prefix), let tag = YAMLTag(rawValue: String(name.dropFirst(prefix.count))),
            tag != .nonSpecific
        else {
            throw failure(
                at: start,
                "the tag \(source.string(start..<position)) says something that JSON cannot say: write its value in, "
                    + "or remove it")
        }
        return tag
    }

    private mutating func verbatimTag() throws(NotationError) -> String {
        let start = position + 2
        while peek() != UInt8(ascii: ">") {
            guard !Self.isBlankOrEnd(peek()) else { throw failure("a tag that begins with '!<' ends with '>'") }
            position += 1
        }
        position += 1
        return source.string(start..<(position - 1))
    }

    private mutating func shorthandTag() throws(NotationError) -> String {
        let start = position
        while Self.isTagCharacter(peek()) { position += 1 }
        let text = source.string(start..<position)
        guard text != "!" else { return text }
        let last = text.lastIndex(of: "!") ?? text.startIndex
        let handle = String(text[...last])
        let suffix = text[text.index(after: last)...]
        guard let prefix = handles[handle] else {
            throw failure(at: start, "the tag \(text) uses the handle \(handle), which no %TAG explains")
        }
        guard !suffix.isEmpty || handle == "!" else {
            throw failure(at: start, "the tag \(text) has no name behind its handle")
        }
        return prefix + suffix
    }

    private static func isTagCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "|"):
            false
        default: byte > 0x20 && byte < 0x7f && !isFlowIndicator(byte)
        }
    }
}
