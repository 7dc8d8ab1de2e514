package import ConfigModel
package import ConfigSignatures

/// An epoch that took the place of another.
package struct EpochChange: Sendable, Equatable {
    /// The epoch that it replaces.
    package let before: Epoch
    /// The epoch from now on.
    package let after: Epoch
    /// The signed statement about it, when there was a key.
    package let statement: EpochStatement?
}

/// Why the epoch was not changed.
package enum EpochChangeError: Error, Sendable, Equatable {
    /// The store does not answer, or is not usable.
    case store(StoreError)
    /// Versions are signed here, so that watchers with trusted keys follow a new epoch only with a signed statement.
    case keyIsMissing
    /// There is no larger number.
    case exhausted(Epoch)
    /// The key refused to sign.
    case notSigned(String)
}

extension EpochChangeError: CustomStringConvertible {
    /// One sentence that says what to do.
    package var description: String {
        switch self {
        case .store(let error): error.description
        case .keyIsMissing:
            "The versions in this store are signed, and watchers with trusted keys follow a new epoch only when it is signed "
                + "too: name the key with --signing-key FILE. Nothing was changed."
        case .exhausted(let epoch):
            "There is no epoch after \(epoch). The store needs attention: its epoch was not made by this program."
        case .notSigned(let reason): "\(reason) Nothing was changed."
        }
    }
}

extension EpochStore {
    /// Says that from now on another history counts: gives the store the next epoch, signed when there is a key.
    ///
    /// Of several callers at once each makes an epoch of its own.
    package func advanceEpoch(
        reason: String, signer: RecordSigner? = nil, now: @Sendable () -> Timestamp = { Timestamp.now }
    ) async throws(EpochChangeError) -> EpochChange {
        while true {
            let state = try await trying { () throws(StoreError) in try await self.state() }
            let change = try EpochChange(after: state, reason: reason, signer: signer, at: now())
            let isDone = try await trying { () throws(StoreError) in
                try await replaceEpoch(change.before, by: change.after, statement: change.statement)
            }
            if isDone { return change }
        }
    }

    private func trying<Value: Sendable>(
        _ call: () async throws(StoreError) -> Value
    ) async throws(EpochChangeError) -> Value {
        do {
            return try await call()
        } catch {
            throw .store(error)
        }
    }
}

extension EpochChange {
    fileprivate init(
        after state: StoreState, reason: String, signer: RecordSigner?, at now: Timestamp
    ) throws(EpochChangeError) {
        guard signer != nil || state.signing != .required else { throw .keyIsMissing }
        guard let next = state.epoch.next(at: now) else { throw .exhausted(state.epoch) }
        before = state.epoch
        after = next
        do throws(SigningError) {
            statement = try signer.map { signer throws(SigningError) in
                try EpochStatement(epoch: next, previous: state.epoch, at: now, reason: reason, signer: signer)
            }
        } catch {
            throw .notSigned(error.description)
        }
    }
}
