extension Registry {
    /// Makes the version that a request describes; nil when it is a deletion and there is nothing to delete.
    package func write(_ request: ChangeRequest) async throws(RegistryError) -> Published? {
        try await writer.write(request)
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
}
