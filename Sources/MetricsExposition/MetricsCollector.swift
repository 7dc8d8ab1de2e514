package import CoreMetrics
import Synchronization

/// Keeps what swift-metrics records, to be shown as Prometheus reads it: counters, timers as histograms, recorders as the
/// number that was recorded last. The label of a metric is its whole name.
package final class MetricsCollector: MetricsFactory {
    /// Says what series stand at that are counted elsewhere.
    package typealias Observer = @Sendable () -> [MetricSample]

    private struct Family {
        var kind: MetricDescription.Kind
        var help = "Recorded through swift-metrics."
        /// By the text of their labels.
        var series: [String: any RecordedSeries] = [:]
        var observers: [Observer] = []
    }

    private let families = Mutex<[String: Family]>([:])

    /// Nothing yet.
    package init() {}

    /// Says what metrics are about, before or after they are recorded.
    package func describe(_ metrics: [MetricDescription]) {
        families.withLock { families in
            for metric in metrics { families[metric.name, default: Family(kind: metric.kind)].help = metric.help }
        }
    }

    /// Takes series that are counted elsewhere into a metric. Where several sources have the same labels they are added up.
    package func observe(_ metric: MetricDescription, _ observer: @escaping Observer) {
        families.withLock { families in
            families[metric.name, default: Family(kind: metric.kind, help: metric.help)].observers.append(observer)
        }
    }

    /// Every metric with a series, by name.
    package var metrics: [(metric: MetricDescription, samples: [MetricSample])] {
        let families = families.withLock { $0 }
        return families.sorted { $0.key < $1.key }.compactMap { name, family in
            var values = family.series.mapValues(\.value)
            for sample in family.observers.flatMap({ $0() }) {
                values[sample.labels] = values[sample.labels]?.adding(sample.value) ?? sample.value
            }
            guard !values.isEmpty else { return nil }
            return (
                MetricDescription(name, family.kind, family.help),
                values.sorted { $0.key < $1.key }.map { MetricSample(text: $0.key, $0.value) }
            )
        }
    }

    /// The series with these labels; one that nothing shows where the name belongs to a metric of another kind.
    private func series<Series: RecordedSeries>(
        _ kind: MetricDescription.Kind, _ name: String, _ labels: [(String, String)], _ new: Series
    ) -> Series {
        let labels = MetricSample.text(labels.map { (name: $0.0, value: $0.1) })
        return families.withLock { families in
            guard families[name, default: Family(kind: kind)].kind == kind else { return new }
            if let known = families[name]?.series[labels] as? Series { return known }
            families[name, default: Family(kind: kind)].series[labels] = new
            return new
        }
    }

    private func destroy(_ handler: AnyObject) {
        families.withLock { families in
            families = families.mapValues { family in
                var rest = family
                rest.series = family.series.filter { $0.value !== handler }
                return rest
            }
        }
    }
}

// What swift-metrics asks for.
extension MetricsCollector {
    /// A counter.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions, CountSeries())
    }

    /// A gauge, whatever is to be aggregated.
    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        series(.gauge, label, dimensions, LevelSeries())
    }

    /// A histogram of seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions, DurationSeries())
    }

    /// Shows the series no more.
    package func destroyCounter(_ handler: any CounterHandler) { destroy(handler) }

    /// Shows the series no more.
    package func destroyRecorder(_ handler: any RecorderHandler) { destroy(handler) }

    /// Shows the series no more.
    package func destroyTimer(_ handler: any TimerHandler) { destroy(handler) }
}
