import ConfigAccess
import Configuration

extension AccessLimits {
    /// Reads `rate-read` and the like: `1000/2000` is a thousand a second and two thousand at once, 0 is no limit.
    ///
    /// - Throws: `CommandFailure` for what is neither.
    init(config: ConfigReader) throws {
        self.init()
        for requestClass in RequestClass.allCases {
            let name = "rate-\(requestClass.rawValue)"
            guard let text = config.string(forKey: ConfigKey([name])) else { continue }
            if text == "0" {
                self[requestClass] = nil
            } else if let rate = Rate(parsing: text) {
                self[requestClass] = rate
            } else {
                throw CommandFailure.usage(
                    "\(GivenValue.name(ofSetting: name)) must be how many a second (at most \(Rate.rates.upperBound)) and how many "
                        + "at once (at most \(Rate.bursts.upperBound)), such as 1000/2000, or 0 for no limit; not '\(text)'."
                )
            }
        }
    }
}
