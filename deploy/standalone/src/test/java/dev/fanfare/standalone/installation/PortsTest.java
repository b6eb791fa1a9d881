package dev.fanfare.standalone.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.standalone.process.PartFailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortsTest {

    @ParameterizedTest
    @EnumSource
    void namesThePartAndTheOptionWhenAPortIsTaken(PortName name) throws Exception {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.free(Map.of(name, other.getLocalPort()), 1);

            // When
            var check = assertThatThrownBy(ports::requireFree);

            // Then
            check.isInstanceOf(PartFailedException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is taken")
                    .hasMessageContaining(name.option() + " PORT")
                    .extracting(failure -> ((PartFailedException) failure).part())
                    .isEqualTo(name.part());
        }
    }

    @Test
    void refusesTheSamePortForTwo() {
        // Given
        Ports ports = Ports.free(Map.of(PortName.EDGE, 20_001, PortName.KAFKA, 20_001), 1);

        // When
        var check = assertThatThrownBy(ports::requireFree);

        // Then
        check.hasMessageContaining("20001")
                .hasMessageContaining("the client edge")
                .hasMessageContaining("--kafka-port");
    }

    @Test
    void areFreeAndDifferentAndAsChosen() {
        // When
        Ports ports = Ports.free(Map.of(PortName.EDGE, 20_001), 1);

        // Then
        assertThat(ports.numbers().values()).doesNotHaveDuplicates().hasSize(PortName.values().length);
        assertThat(ports.of(PortName.EDGE)).isEqualTo(20_001);
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
    }

    @Test
    void areTheDefaultsWhereNothingIsChosen() {
        // When
        Ports ports = new Ports(Map.of(PortName.GATEWAY, 1234));

        // Then
        assertThat(ports.of(PortName.GATEWAY)).isEqualTo(1234);
        assertThat(ports.of(PortName.EDGE)).isEqualTo(8090);
    }

    @Test
    void areEachNodesOwnBehindTheAddressThatEverybodyKnows() {
        // When
        Ports ports = new Ports(Map.of(PortName.EDGE, 1000), 2, List.of());

        // Then
        assertThat(ports.of(PortName.EDGE)).isEqualTo(1000);
        assertThat(ports.of(new Node(ServiceName.DELIVERY, 1), PortName.EDGE)).isEqualTo(1100);
        assertThat(ports.of(new Node(ServiceName.DELIVERY, 2), PortName.EDGE)).isEqualTo(1200);
        assertThat(ports.of(new Node(ServiceName.API_GATEWAY, 2), PortName.GATEWAY))
                .isEqualTo(8280);
    }

    @Test
    void areTheAddressItselfWhereThereIsOneNode() {
        // When
        Ports ports = new Ports(Map.of(), 1, List.of());

        // Then
        assertThat(ports.of(new Node(ServiceName.API_GATEWAY, 1), PortName.GATEWAY))
                .isEqualTo(8080);
    }

    @Test
    void namesTheOptionWhenANodesPortIsTaken() throws Exception {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports free = Ports.free(Map.of(), 2);
            List<Map<PortName, Integer>> own =
                    List.of(free.own().get(0), Map.of(PortName.TEMPLATE, other.getLocalPort()));

            // When
            var check = assertThatThrownBy(() -> new Ports(free.numbers(), 2, own).requireFree());

            // Then
            check.isInstanceOf(PartFailedException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " of one of its nodes is taken")
                    .hasMessageContaining("--template-port");
        }
    }
}
