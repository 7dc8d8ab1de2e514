/// One page of a longer list.
public struct Page<Element: Sendable>: Sendable {
    /// The elements, in the registry's order.
    public let elements: [Element]
    /// Where the next page begins; nil on the last one.
    public let next: String?
}
