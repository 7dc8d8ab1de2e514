/// A node of YAML, before its scalars mean anything.
struct YAMLNode {
    /// How a node was written, as far as it matters for what it means or for what may follow.
    enum Style {
        case plain
        case quoted
        case block
        case flow
        case alias
    }

    enum Content {
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    let content: Content
    let style: Style
    /// Where it begins.
    let offset: Int
    var tag: YAMLTag?
    /// Bytes and values in it, aliases followed.
    let weight: Int
    /// Collections inside one another, aliases followed.
    let depth: Int

    init(scalar text: String, style: Style, offset: Int) {
        content = .scalar(text)
        self.style = style
        self.offset = offset
        weight = 2 + text.utf8.count
        depth = 0
    }

    init(sequence nodes: [YAMLNode], style: Style, offset: Int) {
        content = .sequence(nodes)
        self.style = style
        self.offset = offset
        weight = nodes.reduce(2) { $0 + $1.weight }
        depth = 1 + (nodes.lazy.map(\.depth).max() ?? 0)
    }

    init(mapping entries: [YAMLEntry], style: Style, offset: Int) {
        content = .mapping(entries)
        self.style = style
        self.offset = offset
        weight = entries.reduce(2) { $0 + $1.key.weight + $1.value.weight }
        depth = 1 + (entries.lazy.map { max($0.key.depth, $0.value.depth) }.max() ?? 0)
    }

    /// What an alias stands for, at the alias's place.
    init(alias node: YAMLNode, offset: Int) {
        content = node.content
        style = .alias
        self.offset = offset
        weight = node.weight
        depth = node.depth
        // What was in quotes is text here too.
        tag = node.tag ?? (node.isText ? .nonSpecific : nil)
    }

    /// A scalar that is a string because of how it is written.
    private var isText: Bool {
        guard case .scalar = content else { return false }
        return style == .quoted || style == .block
    }

    /// A node of which nothing is written.
    static func empty(at offset: Int) -> YAMLNode { YAMLNode(scalar: "", style: .plain, offset: offset) }
}

/// A key and its value.
struct YAMLEntry {
    let key: YAMLNode
    let value: YAMLNode
}

/// The tags of the core schema (YAML 1.2.2, chapter 10), and `!`, which says that a scalar is a string.
enum YAMLTag: String {
    case null
    case bool
    case int
    case float
    case str
    case seq
    case map
    case nonSpecific = "!"
}

/// What stands before a node: an anchor, a tag, both or nothing.
struct YAMLProperties {
    static let none = YAMLProperties()

    /// The number of the anchor.
    var anchor: Int?
    var tag: YAMLTag?

    var isEmpty: Bool { anchor == nil && tag == nil }
}
