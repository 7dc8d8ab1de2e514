import Testing

@testable import RegistryClient

@Suite struct RegistryPreferenceTests {
    private let start = ContinuousClock.now

    @Test func theFirstIsTriedFirst() {
        var preference = RegistryPreference(count: 3)
        #expect(preference.order(at: start) == [0, 1, 2])
    }

    @Test func theOneThatAnsweredIsTriedFirstAndTheOthersInTheirOrder() {
        var preference = RegistryPreference(count: 3)
        preference.answered(1, at: start)
        #expect(preference.order(at: start + .seconds(59)) == [1, 0, 2])
        preference.answered(1, at: start + .seconds(59))
        #expect(preference.current == 1)
    }

    @Test func afterAMinuteOneCallTriesTheFirstAgainAndTheOthersStay() {
        var preference = RegistryPreference(count: 3)
        preference.answered(2, at: start)
        #expect(preference.order(at: start + .seconds(60)) == [0, 2, 1])
        #expect(preference.order(at: start + .seconds(61)) == [2, 0, 1])
        // It did not answer: the next minute.
        preference.answered(2, at: start + .seconds(62))
        #expect(preference.order(at: start + .seconds(119)) == [2, 0, 1])
        #expect(preference.order(at: start + .seconds(120)) == [0, 2, 1])
        preference.answered(0, at: start + .seconds(121))
        #expect(preference.order(at: start + .seconds(200)) == [0, 1, 2])
    }
}
