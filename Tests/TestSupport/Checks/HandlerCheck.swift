package import ConfigModel

/// P5: what a reload handler is given is one whole version, byte for byte.
package enum HandlerCheck {
    /// What a handler says that it was given.
    package struct Delivery: Sendable, Equatable {
        package let key: DocumentKey
        package let version: Int64
        /// Of the bytes that the handler read.
        package let contentHash: String

        package init(key: DocumentKey, version: Int64, contentHash: String) {
            self.key = key
            self.version = version
            self.contentHash = contentHash
        }
    }

    /// - Parameters:
    ///   - deliveries: about one document.
    ///   - history: all its versions.
    package static func violations(of deliveries: [Delivery], for history: [VersionRecord]) -> [String] {
        let stored = Dictionary(history.map { ($0.version, $0.content.hash) }) { first, _ in first }
        return deliveries.compactMap { delivery in
            guard let hash = stored[delivery.version] else {
                return "a handler was given version \(delivery.version), which is not stored"
            }
            return hash == delivery.contentHash
                ? nil : "a handler was given version \(delivery.version) mixed or changed"
        }
    }
}
