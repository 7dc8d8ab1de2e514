import Testing

/// The stores on which commands are run where the store matters.
enum CommandStore: String, CaseIterable, CustomTestStringConvertible {
    case embedded
    case mongodb

    /// Those that are there: without servers the embedded one.
    static var there: [CommandStore] { TestServers.areThere ? allCases : [.embedded] }

    var testDescription: String { rawValue }
}

extension TestBench {
    /// Starts a registry on a store of this test, with the bus in the process.
    func startRegistry(on store: CommandStore) async throws -> RunningRegistry {
        switch store {
        case .embedded: try await startEmbedded()
        case .mongodb: try await startRegistry(bus: .inProcess)
        }
    }
}
