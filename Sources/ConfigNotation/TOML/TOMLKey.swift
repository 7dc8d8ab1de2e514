import ConfigModel

/// One part of a key, compared by its bytes.
struct TOMLKey: Hashable {
    let text: String
    /// Where it stands.
    let offset: Int

    static func == (left: TOMLKey, right: TOMLKey) -> Bool { UTF8Order.areEqual(left.text, right.text) }

    func hash(into hasher: inout Hasher) { UTF8Order.hash(text, into: &hasher) }
}

/// A key that cannot be set where it stands.
struct TOMLConflict: Error {
    let key: TOMLKey
    let reason: String
}
