import ConfigModel
import MetricsExposition

extension Registry {
    /// Makes the version that a request describes; nil when it is a deletion and there is nothing to delete.
    package func write(_ request: ChangeRequest) async throws(RegistryError) -> Published? {
        try await measuring(WriteOperation(request), WriteResult.init) { () throws(RegistryError) in
            try await writer.write(request)
        }
    }

    /// The same for a request that is no deletion, which always makes a version.
    package func publish(_ request: ChangeRequest) async throws(RegistryError) -> Published {
        guard let published = try await write(request) else { throw .unknownDocument(request.key) }
        return published
    }

    /// Does all that a write does before its version is signed, on the head as the store has it after the call.
    ///
    /// - Throws: what would refuse the write for another reason than its checks.
    package func validate(_ request: ChangeRequest) async throws(RegistryError) -> ChangeValidation {
        try await writer.validate(request)
    }

    /// Does a write, and records how long it took and what became of it.
    func measuring<Value>(
        _ operation: WriteOperation, _ result: (Value) -> WriteResult,
        _ write: () async throws(RegistryError) -> Value
    ) async throws(RegistryError) -> Value {
        let beganAt = ContinuousClock.now
        defer { figures.writes.record(operation, since: beganAt) }
        do throws(RegistryError) {
            let value = try await write()
            figures.results.count(result(value))
            return value
        } catch {
            figures.results.count(WriteResult(error))
            throw error
        }
    }
}

extension WriteOperation {
    fileprivate init(_ request: ChangeRequest) {
        guard !request.key.isSchema else {
            self = .schema
            return
        }
        switch request.operation {
        case .publish: self = .publish
        case .revise: self = .patch
        case .delete: self = .delete
        case .rollback: self = .rollback
        case .promote: self = .promote
        }
    }
}

extension WriteResult {
    fileprivate init(_ published: Published?) {
        guard let published else {
            self = .unchanged
            return
        }
        self = published.isReplay ? .replayed : .stored
    }

    /// What became of a change set.
    init(_ published: PublishedSet) {
        self = published.members.contains { !$0.isReplay } ? .stored : .replayed
    }
}
