import ConfigModel
import TestSupport
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_795_210_200_123, "2026-11-20T21:30:00.123Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_709_164_800_001, "2024-02-29T00:00:00.001Z"),
        ] as [(Int64, String)])
    func isWrittenAndRead(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(parsing: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T21:30:00Z", "2026-11-20T21:30:00.12Z", "2026-11-20T21:30:00.1234Z",
        "2026-11-20T21:30:00.123",
        "2026-11-20 21:30:00.123Z", "2026-11-20t21:30:00.123z", "2026-11-20T21:30:00.123+00:00",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z", "2026-02-29T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z",
        "2026-01-00T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z",
        "+026-01-01T00:00:00.000Z", "2026-01-01T00:00:00,000Z", "２026-01-01T00:00:00.00Z",
    ])
    func isReadFromNothingElse(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func isReadAsItWasWritten() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let moment = Timestamp(
                milliseconds: .random(in: -62_167_219_200_000...253_402_300_799_999, using: &generator))
            #expect(Timestamp(parsing: moment.description) == moment)
        }
    }

    @Test(arguments: [Int64.min, .min + 1, .max])
    func writesAnyMoment(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).description.hasSuffix("Z"))
    }
}
