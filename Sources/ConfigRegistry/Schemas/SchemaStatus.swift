/// What a registry knows about schemas.
package struct SchemaStatus: Sendable, Equatable {
    /// How many services have one.
    package let services: Int
    /// How many documents did not fit when all were looked at last.
    package let brokenDocuments: Int
    /// False when the store has not been reached for so long that writes are refused, because other schemas may count by now.
    package let isCurrent: Bool
}
