package import ConfigModel
package import ConfigSignatures

/// Gives what old keys signed the signature of a new one: every version in a store, and the statement about its epoch.
///
/// Contents, hashes and numbers stay, so that nothing is announced and no watcher loads anything again. Only what an old key
/// validly signed is signed again: write access to the database gains no signature by it. It may be ended at any moment
/// and begun again: what has the new signature is passed over.
package struct SignatureRenewal: Sendable {
    /// Is given how many versions were looked at.
    package typealias Progress = @Sendable (_ versions: Int) -> Void

    private let store: any SignatureStore & EpochStore
    private let old: TrustedKeys
    private let own: TrustedKeys
    private let signer: RecordSigner
    private let pageSize: Int

    /// - Parameters:
    ///   - old: whose signatures are renewed.
    ///   - signer: whose signatures take their place.
    package init(
        in store: any SignatureStore & EpochStore, from old: TrustedKeys, to signer: RecordSigner, pageSize: Int = 1_000
    ) throws(KeyFileError) {
        self.store = store
        self.old = old
        own = try TrustedKeys([signer.publicKey])
        self.signer = signer
        self.pageSize = pageSize
    }

    /// Says what there is to do, and changes nothing.
    package func survey(_ progress: Progress = { _ in }) async throws(RenewalError) -> RenewalReport {
        var report = RenewalReport()
        try await walk(progress) { page throws(RenewalError) in
            for outline in page { report.count(outline, standing(of: outline)) }
            for damage in page.damaged { report.count(damage) }
        }
        report.statement = standing(of: try await state().statement)
        return report
    }

    /// Renews what is to be renewed.
    ///
    /// - Returns: how many versions were given the new signature. Those that a registry signs with an old key meanwhile may not
    ///   be among them: `survey` says so.
    package func renew(_ progress: Progress = { _ in }) async throws(RenewalError) -> Int {
        try await renewStatement()
        var renewed = 0
        try await walk(progress) { page throws(RenewalError) in
            let changes = try changes(page)
            guard !changes.isEmpty else { return }
            try await storing { () throws(StoreError) in try await store.replaceSignatures(changes) }
            renewed += changes.count
        }
        return renewed
    }

    private func renewStatement() async throws(RenewalError) {
        while let statement = try await state().statement, standing(of: statement) == .renewable {
            let renewed = try signing { () throws(SigningError) in
                try EpochStatement(
                    epoch: statement.epoch, previous: statement.previous, at: statement.at, reason: statement.reason,
                    signer: signer)
            }
            // Another epoch may have been made meanwhile: its statement is looked at again.
            let isDone = try await storing { () throws(StoreError) in
                try await store.replaceEpoch(statement.epoch, by: statement.epoch, statement: renewed)
            }
            if isDone { return }
        }
    }

    private func changes(_ page: OutlinePage) throws(RenewalError) -> [SignatureChange] {
        var changes: [SignatureChange] = []
        for outline in page where standing(of: outline) == .renewable {
            guard let before = outline.signature else { continue }
            let facts = outline.signedFacts
            let after = try signing { () throws(SigningError) in try signer.signature(of: facts.framing) }
            changes.append(
                SignatureChange(
                    of: VersionIdentity(key: outline.key, version: outline.version), recordHash: facts.recordHash,
                    before: before, after: after))
        }
        return changes
    }

    private func walk(
        _ progress: Progress, _ take: (OutlinePage) async throws(RenewalError) -> Void
    ) async throws(RenewalError) {
        var walk = VersionWalk(pageSize: pageSize)
        var count = 0
        var goesOn = true
        while goesOn {
            let (position, limit) = (walk.position, walk.limit)
            let page = try await storing { () throws(StoreError) in
                try await store.outlines(after: position, limit: limit)
            }
            goesOn = walk.pass(page)
            // A page that is read again is not taken twice.
            guard !goesOn || walk.position != position else { continue }
            try await take(page)
            count += page.rowCount
            progress(count)
        }
    }
}

extension SignatureRenewal {
    private func standing(of outline: RecordOutline) -> RenewalStanding {
        standing { keys throws(SignatureFailure) in
            try keys.verify(outline.signedFacts, signature: outline.signature)
        }
    }

    private func standing(of statement: EpochStatement?) -> RenewalStanding? {
        guard let statement else { return nil }
        return standing { keys throws(SignatureFailure) in try keys.verify(statement, of: statement.epoch) }
    }

    private func standing(_ verify: (TrustedKeys) throws(SignatureFailure) -> Void) -> RenewalStanding {
        if (try? verify(own)) != nil { return .renewed }
        do throws(SignatureFailure) {
            try verify(old)
            return .renewable
        } catch {
            guard case .unknownKey(let keyID) = error else { return .other(error.reason) }
            return .other(
                "It is signed with the key \(JSONValue.string(keyID)), which is neither an old key nor the new one.")
        }
    }

    private func state() async throws(RenewalError) -> StoreState {
        try await storing { () throws(StoreError) in try await store.state() }
    }

    private func storing<Value: Sendable>(
        _ call: () async throws(StoreError) -> Value
    ) async throws(RenewalError) -> Value {
        do throws(StoreError) { return try await call() } catch { throw .store(error) }
    }

    private func signing<Value>(_ sign: () throws(SigningError) -> Value) throws(RenewalError) -> Value {
        do throws(SigningError) { return try sign() } catch { throw .notSigned(error.description) }
    }
}

/// Whose signature something has.
package enum RenewalStanding: Sendable, Equatable {
    /// The new key's.
    case renewed
    /// An old key's, which holds.
    case renewable
    /// Any other, or none: why it is not renewed, in one sentence.
    case other(String)
}

/// Why signatures could not be renewed.
package enum RenewalError: Error, Sendable, Equatable {
    /// The store does not answer, or is not usable.
    case store(StoreError)
    /// The key refused to sign.
    case notSigned(String)
}
