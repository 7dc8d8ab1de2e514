import ConfigModel
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteStoreTests {
    private let logger = Logger.silent

    @Test(arguments: VersionStoreBehaviour.allCases)
    func conforms(_ behaviour: VersionStoreBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }

    @Test(arguments: AccessStoreBehaviour.allCases)
    func conforms(_ behaviour: AccessStoreBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }
}
