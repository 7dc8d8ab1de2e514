package import ConfigModel

/// Whether a key signed any of the newest versions in a store.
package struct SigningKeyCheck: Sendable, Equatable {
    /// The key signed one of them.
    package private(set) var isKnown = false
    /// The keys that the signatures of the others name, in order.
    package private(set) var others: [String] = []

    /// True for a key that watchers of this store cannot be expected to trust: others signed, and it did not.
    package var isStranger: Bool { !isKnown && !others.isEmpty }

    mutating func take(_ record: RecordOutline, _ keys: TrustedKeys) {
        guard let signature = record.signature else { return }
        do {
            try keys.verify(record.signedFacts, signature: signature)
            isKnown = true
        } catch {
            if !others.contains(signature.keyID) { others.append(signature.keyID) }
        }
    }
}

extension VersionReading {
    /// Reads heads until one is found that the key signed.
    ///
    /// - Parameter limit: so many are read at most; a store in use has one among the first.
    package func check(
        _ key: PublicKey, limit: Int = 10_000
    ) async throws(StoreError) -> SigningKeyCheck {
        var check = SigningKeyCheck()
        guard let keys = try? TrustedKeys([key]) else { return check }
        var query: HeadQuery? = HeadQuery(includesDeleted: true, limit: 500)
        var count = 0
        while let next = query, count < limit {
            let page = try await outlines(next)
            for record in page { check.take(record, keys) }
            if check.isKnown { return check }
            count += page.rowCount
            query = next.next(after: page)
        }
        return check
    }
}
