public import ConfigModel

/// One page of a longer list.
public struct Page<Element: Sendable>: Sendable {
    /// The elements, in the registry's order.
    public let elements: [Element]
    /// Where the next page begins; nil on the last one.
    public let next: String?
    /// Documents that the registry left out because their newest version, whose number this is, is damaged.
    public let damaged: [DocumentKey: Int64]

    init(elements: [Element], next: String?, damaged: [DocumentKey: Int64] = [:]) {
        self.elements = elements
        self.next = next
        self.damaged = damaged
    }
}

/// The names in a header `Config-Damaged`, or behind `damaged` in a comment of a stream: `prod/parsing@2 test/routing@7`.
enum DamagedNames {
    /// What cannot be read is for newer clients, or names nothing.
    static func read(_ text: String?) -> [DocumentKey: Int64] {
        var names: [DocumentKey: Int64] = [:]
        for word in (text ?? "").split(separator: " ") {
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            let path = parts.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
            guard parts.count == 2, path.count == 2, let version = Int64(parts[1]),
                let key = try? DocumentKey(service: String(path[1]), environment: String(path[0]))
            else { continue }
            names[key] = version
        }
        return names
    }
}
