/// What counts as one address for a limit: an IPv4 address, or the 64 bits of an IPv6 address that a provider gives to one
/// client, which chooses the other 64 as it likes.
struct ClientNetwork: Sendable, Hashable {
    private static let prefixBytes = 8

    /// Empty for a client without an address.
    private let bytes: [UInt8]

    /// - Parameter address: without a port; nil when the client has none.
    init(_ address: String?) {
        // A link-local address names its interface behind a `%`.
        let bytes = address.flatMap { NetworkAddress.bytes(String($0.prefix { $0 != "%" })) } ?? []
        self.bytes = bytes.count > 4 ? Array(bytes[..<Self.prefixBytes]) : bytes
    }
}
