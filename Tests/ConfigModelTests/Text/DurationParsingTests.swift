import ConfigModel
import Testing

@Suite struct DurationParsingTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("45s", .seconds(45)), ("30m", .seconds(1_800)),
        ("12h", .seconds(43_200)),
        ("90d", .seconds(7_776_000)), ("0s", .zero), ("1000000000d", .seconds(86_400_000_000_000)),
    ])
    func aNumberWithAUnitIsRead(_ text: String, _ duration: Duration) { #expect(Duration(parsing: text) == duration) }

    @Test(arguments: [
        "", "90", "d", "-1s", "1.5h", "1 d", "1D", "1w", "1hs", "9999999999s", "٣d", "1s ", "+1s", "0x1s",
    ])
    func nothingElseIs(_ text: String) { #expect(Duration(parsing: text) == nil) }
}
