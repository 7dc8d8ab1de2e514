import TestSupport
import Testing

/// The store that tests of rules use keeps the same promises as the real ones.
@Suite(.timeLimit(.minutes(1)))
struct InMemoryVersionStoreTests {
    @Test(arguments: VersionStoreBehaviour.allCases)
    func conforms(_ behaviour: VersionStoreBehaviour) async throws {
        try await behaviour.verify(on: InMemoryVersionStore())
    }

    @Test(arguments: AccessStoreBehaviour.allCases)
    func conforms(_ behaviour: AccessStoreBehaviour) async throws {
        try await behaviour.verify(on: InMemoryVersionStore())
    }
}
