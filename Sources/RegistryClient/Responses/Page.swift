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
