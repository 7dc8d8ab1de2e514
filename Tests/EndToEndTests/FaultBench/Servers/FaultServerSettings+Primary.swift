import TestSupport

@testable import MongoStore

extension FaultServerSettings {
    /// The member that takes writes at present.
    ///
    /// - Parameter other: one that is not meant, because it is away and does not answer.
    func primary(otherThan other: Member? = nil) async throws -> Member {
        try await eventually("a primary") {
            for member in members where member.address != other?.address {
                let isPrimary = try? await command(["hello": 1], on: member) { reply throws(MongoFailure) in
                    try reply.bool("isWritablePrimary")
                }
                if isPrimary == true { return member }
            }
            return nil
        }
    }

    /// Makes the primary give its office up; it may take it again soon, because the next scenario may kill another member.
    func stepDown(_ member: Member) async throws {
        try await command(["replSetStepDown": 5, "secondaryCatchUpPeriodSecs": 3], on: member) { _ in }
    }

    private func command<Value: Sendable>(
        _ command: BSONFields, on member: Member, _ decode: @Sendable (BSONView) throws(MongoFailure) -> Value
    ) async throws -> Value {
        let workers = try await MongoConnector().connect(
            "mongodb://\(member.address)/admin?directConnection=true", MongoOptions(connections: 1))
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await workers.run { client throws(MongoFailure) in
                    try client.plainCommand(in: "admin", command, decode)
                })
        } catch {
            result = .failure(error)
        }
        await workers.close()
        return try result.get()
    }
}
